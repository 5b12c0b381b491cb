"""A master key in a device: SoftHSM 2, a real PKCS#11 token in software."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import Code, InputError, Unreachable
from keys.cipher import Suite, Tampered
from keys.device import DeviceMaster
from keys.master import HeldMaster
from keys.store import open_store
from tests.device_fixture import find_module

MODULE = find_module()

pytestmark = pytest.mark.skipif(
    not MODULE,
    reason="no SoftHSM 2 on this machine (Debian: apt install softhsm2)",
)


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A token with an AES key; its library reads its settings once in a process."""
    import pkcs11

    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    subprocess.run(
        shlex.split("softhsm2-util --init-token --free --label office --pin 1234 --so-pin 5678"),
        check=True,
        capture_output=True,
    )
    token = pkcs11.lib(MODULE).get_token(token_label="office")
    with token.open(rw=True, user_pin="1234") as session:
        for number, label in enumerate(("yishen", "next"), 1):
            session.generate_key(
                pkcs11.KeyType.AES, 256, label=label, id=bytes([number]), store=True
            )
    (folder / "pin").write_text("1234\n")
    yield f"pkcs11:token=office;object=yishen?module-path={MODULE}&pin-source=file:{folder}/pin"
    del os.environ["SOFTHSM2_CONF"]


def test_the_device_wraps_and_the_key_never_comes_out(uri: str) -> None:
    master = DeviceMaster(uri)
    wrapped = master.wrap(b"s" * 32, b"2026-0001")
    assert b"s" * 32 not in wrapped
    assert DeviceMaster(uri).unwrap(wrapped, b"2026-0001") == b"s" * 32
    with pytest.raises(Tampered):
        master.unwrap(wrapped, b"2026-0002")


def test_an_office_moves_its_keys_from_a_file_into_a_device(uri: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'keys.db'}"
    store = open_store(url, lambda: [HeldMaster(b"m" * 32)], Suite.AES)
    store.create()
    word = store.make("2026-0001").seal_word("name", "张玥")
    store.rotate(DeviceMaster(uri))
    moved = open_store(url, lambda: [DeviceMaster(uri)], Suite.AES)
    assert moved.key("2026-0001").open_word(word) == "张玥"


def test_a_device_that_is_away_is_said_to_be(uri: str) -> None:
    with pytest.raises(Unreachable) as no:
        DeviceMaster(uri.replace("token=office", "token=elsewhere")).wrap(b"s" * 32, b"x")
    assert no.value.code is Code.MASTER_DEVICE_AWAY


@pytest.mark.parametrize(
    "given", ["pkcs11:", "pkcs11:token=a", "file:/x", "pkcs11:token=a;object=b"]
)
def test_what_names_no_device_is_said_with_the_form(given: str) -> None:
    with pytest.raises(InputError) as no:
        DeviceMaster(given)
    assert no.value.code is Code.BAD_MASTER_DEVICE


def test_an_office_moves_from_one_key_of_a_device_to_another(uri: str, tmp_path: Path) -> None:
    """Both are in use at once, through one library of the process."""
    url = f"sqlite:///{tmp_path / 'keys.db'}"
    store = open_store(url, lambda: [DeviceMaster(uri)], Suite.AES)
    store.create()
    words = {
        case: store.make(case).seal_word("name", "张玥") for case in ("2026-0001", "2026-0002")
    }
    other = uri.replace("object=yishen", "object=next")
    assert store.rotate(DeviceMaster(other)) == 3
    moved = open_store(url, lambda: [DeviceMaster(other)], Suite.AES)
    for case, word in words.items():
        assert moved.key(case).open_word(word) == "张玥"
