"""Where the pages may be served, and what is refused with what to do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Code, InputError, Unreachable
from office.settings import Settings, load
from starter.web.certificate import VALID, Kept, certify
from starter.web.place import bound, place_of

NAME = "desk.office.example"
EVERYWHERE = "0.0.0.0:8730"


def refused(**settings: Any) -> Code:
    with pytest.raises(InputError) as error:
        place_of(Settings(**settings))
    return error.value.code


def test_by_itself_only_this_machine_reaches_it(tmp_path: Path) -> None:
    place = place_of(Settings(data=tmp_path))
    with bound(place) as listening:
        host, port = listening.getsockname()
        assert host == "127.0.0.1"
        assert place.addresses(port) == (f"http://127.0.0.1:{port}/",)
    assert place.hosts == {"localhost", "127.0.0.1", "::1"}


@pytest.mark.parametrize("listen", ["127.0.0.2:0", "localhost:0", "[::1]:0"])
def test_loopback_has_several_names(tmp_path: Path, listen: str) -> None:
    assert place_of(Settings(data=tmp_path, web_listen=listen)).local


@pytest.mark.parametrize("listen", [EVERYWHERE, "192.168.1.20:443", "[::]:8730"])
def test_elsewhere_passwords_never_travel_in_plain(tmp_path: Path, listen: str) -> None:
    assert refused(data=tmp_path, web_listen=listen) is Code.WEB_NOT_PROTECTED


def test_by_its_certificate_it_is_called_by_the_names_in_it(tmp_path: Path) -> None:
    certify(tmp_path, NAME)
    place = place_of(Settings(data=tmp_path, web_listen=EVERYWHERE, web_hosts="desk"))
    assert place.addresses(8730) == ("https://desk:8730/", f"https://{NAME}:8730/")
    assert {"desk", NAME} < place.hosts


def test_behind_proxies_it_is_called_by_the_names_of_the_setting(tmp_path: Path) -> None:
    behind: dict[str, Any] = {
        "data": tmp_path,
        "web_listen": EVERYWHERE,
        "web_proxies": "10.0.0.7, 10.1.0.0/16",
    }
    assert refused(**behind) is Code.WEB_HOSTS_MISSING
    place = place_of(Settings(**behind, web_hosts=NAME))
    assert place.addresses(8730) == (f"https://{NAME}/",)
    assert (place.proxies, place.encrypted_only) == (("10.0.0.7", "10.1.0.0/16"), True)
    beside = place_of(Settings(data=tmp_path, web_proxies="127.0.0.1", web_hosts=NAME))
    assert (beside.local, beside.encrypted_only) == (True, True)


def test_a_certificate_that_browsers_would_refuse_is_refused_here(tmp_path: Path) -> None:
    named: dict[str, Any] = {"data": tmp_path, "web_listen": EVERYWHERE}
    mine, other = tmp_path / "mine", tmp_path / "other"
    for folder in (mine, other):
        folder.mkdir()
        certify(folder, NAME)
    pair = {"web_certificate": Kept.of(mine).certificate, "web_key": Kept.of(other).key}
    assert refused(**named, **pair) is Code.WEB_CERTIFICATE_UNUSABLE
    assert refused(**named, web_certificate=tmp_path / "no") is Code.WEB_CERTIFICATE_UNUSABLE
    certify(tmp_path, NAME, datetime.now(UTC) - VALID - timedelta(days=1))
    assert refused(**named) is Code.WEB_CERTIFICATE_OVER


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LISTEN", "8730"),
        ("LISTEN", "127.0.0.1:99999"),
        ("PROXIES", "*"),
        ("PROXIES", "proxy.office.example"),
        ("HOSTS", "https://desk"),
        ("PROCESSES", "0"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"YISHEN_WEB_{name}", value)
    with pytest.raises(InputError) as error:
        load(tmp_path)
    assert [problem.field for problem in error.value.problems] == [f"YISHEN_WEB_{name}"]


def test_an_address_that_is_not_this_machine_s_is_said(tmp_path: Path) -> None:
    certify(tmp_path, NAME)
    place = place_of(Settings(data=tmp_path, web_listen="192.0.2.1:8730"))
    with pytest.raises(Unreachable) as error:
        bound(place)
    assert error.value.code is Code.WEB_PORT_TAKEN
