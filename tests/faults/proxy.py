"""A TCP proxy that can cut, refuse or hold up what goes through it."""

import asyncio
import contextlib
import threading

HOST = "127.0.0.1"


class Proxy:
    """Listens on a free port of HOST and passes on to `target`: a port of HOST, or a Unix socket.

    It works in a thread with an event loop of its own; its methods may be called from any thread.
    """

    def __init__(self, target: int | str):
        self.target = target
        self.refuses = False
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port: int = self._call(self._listen())

    def cut(self) -> None:
        """End all connections at once, in the middle of whatever they carry."""
        self._call(self._cut())

    def hang(self) -> None:
        """From now on pass nothing on, in either direction. Connections stay open."""
        self._loop.call_soon_threadsafe(self._flows.clear)

    def flow(self) -> None:
        """Undo `hang`."""
        self._loop.call_soon_threadsafe(self._flows.set)

    def close(self) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=10)

    async def _listen(self) -> int:
        self._flows = asyncio.Event()
        self._flows.set()
        self._server = await asyncio.start_server(self._serve, HOST, 0, backlog=256)
        return self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _stop(self) -> None:
        self._server.close()
        await self._cut()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target_writer = None
        self._open.add(writer)
        try:
            if self.refuses:
                return
            target_reader, target_writer = await self._connect()
            self._open.add(target_writer)
            await asyncio.gather(
                self._pass(reader, target_writer), self._pass(target_reader, writer)
            )
        except (OSError, asyncio.CancelledError):
            pass  # cut, or the target is not there
        finally:
            for end in filter(None, (writer, target_writer)):
                self._open.discard(end)
                end.transport.abort()

    async def _connect(self):
        if isinstance(self.target, str):
            return await asyncio.open_unix_connection(self.target)
        return await asyncio.open_connection(HOST, self.target)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            await self._flows.wait()
            writer.write(data)
            await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()
