"""The office's authority and its certificate: what browsers check, what thieves could do."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from domain.errors import Code, InputError
from starter.engine.certificates import begun, new_key, signed, validity
from starter.web.certificate import RENEWED_BEFORE, VALID, Kept, certify, names_of, renew
from tests.starter.command_line import CommandLine

NAME = "desk.office.example"


def verify(kept: Kept, shown: bytes, name: str) -> None:
    """As a browser that has the office's authority installed. VerificationError: it shows a page
    of warning."""
    store = Store([x509.load_pem_x509_certificate(kept.authority.read_bytes())])
    verifier = PolicyBuilder().store(store).build_server_verifier(x509.DNSName(name))
    verifier.verify(x509.load_pem_x509_certificate(shown), [])


def test_browsers_that_know_the_authority_know_the_desk(tmp_path: Path) -> None:
    made = certify(tmp_path, NAME)
    kept = Kept.of(tmp_path)
    verify(kept, kept.certificate.read_bytes(), NAME)
    with pytest.raises(VerificationError):
        verify(kept, kept.certificate.read_bytes(), "other.office.example")
    assert made.new_authority
    assert names_of(kept.certificate)[0] == NAME


def test_only_its_own_account_reads_the_keys(tmp_path: Path) -> None:
    certify(tmp_path, NAME)
    for path in (Kept.of(tmp_path).key, Kept.of(tmp_path).authority_key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_whoever_steals_the_authority_can_pose_as_no_other_site(tmp_path: Path) -> None:
    certify(tmp_path, NAME)
    kept = Kept.of(tmp_path)
    stolen = load_pem_private_key(kept.authority_key.read_bytes(), None)
    assert isinstance(stolen, ec.EllipticCurvePrivateKey)
    authority = x509.load_pem_x509_certificate(kept.authority.read_bytes())
    above = str(authority.subject.get_attributes_for_oid(x509.oid.NameOID.COMMON_NAME)[0].value)
    names = x509.SubjectAlternativeName([x509.DNSName("bank.example")])
    uses = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(stolen.public_key())
    forged = (
        begun("bank.example", above, new_key(), datetime.now(UTC), timedelta(days=90))
        .add_extension(names, critical=False)
        .add_extension(uses, critical=False)
        .add_extension(known, critical=False)
    )
    with pytest.raises(VerificationError, match="constraint"):
        verify(kept, signed(forged, stolen).encode(), "bank.example")


def test_it_is_renewed_before_it_ends_and_nobody_installs_anything(tmp_path: Path) -> None:
    certify(tmp_path, NAME)
    kept = Kept.of(tmp_path)
    authority = kept.authority.read_bytes()
    assert not renew(tmp_path)
    late = datetime.now(UTC) + VALID - RENEWED_BEFORE + timedelta(days=1)
    assert renew(tmp_path, late)
    span = validity(kept.certificate)
    assert span is not None
    assert span[1] > datetime.now(UTC) + VALID
    assert kept.authority.read_bytes() == authority
    assert not certify(tmp_path, NAME).new_authority


def test_another_host_takes_another_authority(tmp_path: Path) -> None:
    certify(tmp_path, NAME)
    assert certify(tmp_path, "192.168.1.20").new_authority
    assert "192.168.1.20" in names_of(Kept.of(tmp_path).certificate)
    assert renew(tmp_path, datetime.now(UTC) + VALID)
    assert "192.168.1.20" in names_of(Kept.of(tmp_path).certificate)


@pytest.mark.parametrize("given", ["https://desk.office.example", "desk.office.example:8730", ""])
def test_what_is_no_host_name_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(InputError) as refused:
        certify(tmp_path, given)
    assert refused.value.code is Code.BAD_HOST_NAME


async def test_the_command_says_what_colleagues_do_next(tmp_path: Path) -> None:
    ask = CommandLine(tmp_path, {})
    first = await ask("web", "certificate", NAME)
    assert first.code == 0
    assert str(Kept.of(tmp_path).authority) in first.out
    assert f"https://{NAME}:8730/" in first.out
    again = (await ask("web", "certificate", NAME, "--json")).done
    assert again["new_authority"] is False
    assert (await ask("web", "certificate", "a b", "--json")).code == 2
