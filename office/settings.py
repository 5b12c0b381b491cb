"""The one place of settings beside Temporal's own connection file; see docs/running.md."""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import Code, InputError
from texts.problems import FieldPath, problems


def default_data() -> Path:
    """`$XDG_DATA_HOME/yishen`, else `~/.local/share/yishen`."""
    base = os.environ.get("XDG_DATA_HOME", "")
    # The XDG rule: a relative path is invalid and ignored.
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".local" / "share"
    return root / "yishen"


PORT = r"([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"

LISTEN = rf"^.+:{PORT}$"

ADDRESS = r"^https?://[^\s/?#@\\]+/?$"
"""Where people find the pages, without a path."""

HOSTS = r"^[A-Za-z0-9.:_ ,-]*$"
"""Names or addresses of hosts, without ports, with commas between."""


def networks(written: str) -> str:
    """Addresses or networks with commas between, as they were written. ValueError: it isn't."""
    for one in listed(written):
        ip_network(one)
    return written


def listed(written: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(filter(None, (one.strip() for one in written.split(","))))


class Settings(BaseSettings):
    """Read from YISHEN_* of the environment; the command line may put values in front.

    `timeout`: seconds a command waits for engine and register in all; `row_wait`: of these, how
    long an accepted act is awaited in the register. `file_limit`: MB of one file taken in;
    `act_key`: what messages to cases are sealed with, instead of the data folder's own;
    `keys_url`: the store of the keys of the cases; `master_key` (64 hexadecimal digits),
    `master_key_device` or `master_key_at`, a file: what wraps them; `cipher` of what is sealed from
    now on;
    `case_memory`: MB that the worker may take for cases at rest (None: an eighth of what there is);
    `web_listen`: address and port of the pages (None: this machine alone, the usual port or a free
    one); `web_certificate`, `web_key`: files, instead of the data folder's own; `web_hosts`: names
    the pages may be called by; `web_proxies`: addresses, or networks, of proxies before them;
    `web_processes`: how many serve them; `web_address`: where people find them, for links in
    notices (None: notices have none);
    `log`: debug puts tracebacks into the worker's log, which may quote the record.
    """

    model_config = SettingsConfigDict(env_prefix="YISHEN_", frozen=True, extra="ignore")

    data: Path = Field(default_factory=default_data)
    register_url: str | None = Field(default=None, validation_alias="YISHEN_REGISTER")
    user: str | None = None
    timeout: Annotated[float, Field(gt=0, le=600)] = 10.0
    log: Literal["info", "debug"] = "info"
    file_limit: Annotated[int, Field(gt=0, le=60_000)] = 500
    act_key: Annotated[SecretStr, Field(min_length=32)] | None = None
    keys_url: str | None = Field(default=None, validation_alias="YISHEN_KEYS")
    master_key: SecretStr | None = None
    master_key_at: Path | None = Field(default=None, validation_alias="YISHEN_MASTER_KEY_FILE")
    master_key_device: str | None = None
    cipher: Literal["aes", "sm4"] = "aes"
    case_memory: Annotated[int, Field(gt=0, le=1_000_000)] | None = None
    row_wait: Annotated[float, Field(ge=0, le=60)] = 2.0
    web_listen: Annotated[str, Field(pattern=LISTEN)] | None = None
    web_certificate: Path | None = None
    web_key: Path | None = None
    web_hosts: Annotated[str, Field(pattern=HOSTS)] = ""
    web_proxies: Annotated[str, AfterValidator(networks)] = ""
    web_processes: Annotated[int, Field(gt=0, le=32)] = 1
    web_address: Annotated[str, Field(pattern=ADDRESS)] | None = None

    @property
    def register(self) -> str:
        """URL of the register; by default a SQLite file in the data folder."""
        # In a URL `?` and `%` mean something else than in the name of a folder.
        return self.register_url or f"sqlite:///{quote(str(self.data / 'register.db'))}"

    @property
    def register_exists(self) -> bool:
        """False where the register is a SQLite file that nobody made yet."""
        return self.register_url is not None or (self.data / "register.db").exists()

    @property
    def keys(self) -> str:
        """URL of the key store; by default a SQLite file in a folder of its own."""
        return self.keys_url or f"sqlite:///{quote(str(self.data / 'keys' / 'keys.db'))}"

    @property
    def master_key_file(self) -> Path:
        """Where the master key stands, unless it is given by itself."""
        return self.master_key_at or self.data / "keys" / "master.key"

    @property
    def files(self) -> Path:
        """A folder for each case: evidence, items and papers as issued, sealed."""
        return self.data / "files"

    @property
    def largest_file(self) -> int:
        """Bytes of one file taken in."""
        return self.file_limit << 20

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names the pages may be called by, beside those of the certificate and of loopback."""
        return listed(self.web_hosts)

    @property
    def proxies(self) -> tuple[str, ...]:
        """Proxies whose word about browsers is taken."""
        return listed(self.web_proxies)

    @property
    def mail_drop(self) -> Path:
        """Where notices are laid down as .eml files."""
        return self.data / "mail"


def load(data: Path | None = None) -> Settings:
    """The settings, `data` in front of the environment. InputError names the wrong variable."""
    try:
        settings = Settings() if data is None else Settings(data=data)
    except ValidationError as error:
        raise InputError(Code.BAD_SETTING, problems=problems(error, _variable)) from error
    return settings.model_copy(update={"data": settings.data.expanduser().resolve()})


def _variable(place: FieldPath) -> str:
    return "YISHEN_" + str(place[0]).upper().removeprefix("YISHEN_")
