"""Which devices and sensors a page may use: none. The room's page may use the microphone.

quizsite/headers/security_headers.py says so with every reply.
"""

from django.http import HttpResponse

HEADER = "Permissions-Policy"

DENIED = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "midi"),
    *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
_VOICE = ("microphone", "on-device-speech-recognition")


def _policy(voice: str) -> str:
    lists = dict.fromkeys(DENIED, "()") | dict.fromkeys(_VOICE, voice)
    return ", ".join(f"{name}={allowed}" for name, allowed in lists.items())


NOTHING = _policy("()")
MICROPHONE = _policy("(self)")


def allow_microphone(response: HttpResponse) -> HttpResponse:
    """The response, whose page may then record a voice and turn speech into text."""
    response[HEADER] = MICROPHONE
    return response
