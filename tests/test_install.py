"""What make tells uv of the machine's settings for pip."""

import pytest

from requirements.install import where_packages_come_from


@pytest.mark.parametrize(
    ("settings", "variables"),
    [
        ([], {}),
        (["global.timeout='180'", "global.index='pypi'"], {}),
        (["global.index-url='https://a/simple'"], {"UV_DEFAULT_INDEX": "https://a/simple"}),
        (
            ["global.index-url='https://a'", ":env:.index-url='https://b'"],
            {"UV_DEFAULT_INDEX": "https://b"},
        ),
        (["install.extra-index-url='https://a\\nhttps://b'"], {"UV_INDEX": "https://a https://b"}),
        (["global.find-links='/wheels /more'"], {"UV_FIND_LINKS": "/wheels,/more"}),
        (["global.cert='/etc/ca.pem'"], {"SSL_CERT_FILE": "/etc/ca.pem"}),
        (["download.index-url='https://only-for-downloads'"], {}),
        (["global.index-url='https://a/?x=1'"], {"UV_DEFAULT_INDEX": "https://a/?x=1"}),
    ],
)
def test_uv_takes_packages_from_where_pip_takes_them(settings, variables):
    assert where_packages_come_from(settings) == variables
