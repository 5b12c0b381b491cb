"""The six ways: found in order, each with its reason when it isn't open."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from domain.errors import Code, InputError, Unreachable
from office.settings import Settings
from starter.engine import build as build_module
from starter.engine import download as download_module
from starter.engine import running as running_module
from starter.engine.build import build
from starter.engine.doctor import diagnose
from starter.engine.download import download
from starter.engine.launch import Binary
from starter.engine.making import MakingProgress, Missing, cached, silent
from starter.engine.paths import DataFolder, cached_server
from starter.engine.record import Origin, Way, dump, write_atomically
from starter.engine.running import start
from starter.engine.ways import configured, on_path, order


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration, an empty PATH for tools, an empty cache."""
    for name in list(os.environ):
        if name.startswith("TEMPORAL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "none.toml"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def make_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


class TestConfigured:
    def test_nothing_set(self) -> None:
        assert configured() is None

    def test_an_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.office:7233")
        profile = configured()
        assert profile is not None
        assert profile.address == "temporal.office:7233"

    def test_a_profile_with_an_address(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "t.toml").write_text('[profile.office]\naddress = "a:1"\nnamespace = "n"\n')
        monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "t.toml"))
        assert configured() is None
        monkeypatch.setenv("TEMPORAL_PROFILE", "office")
        profile = configured()
        assert profile is not None
        assert (profile.address, profile.namespace) == ("a:1", "n")

    def test_a_profile_that_is_not_there_is_wrong_input(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TEMPORAL_PROFILE", "nowhere")
        with pytest.raises(InputError) as refused:
            configured()
        assert refused.value.code is Code.TEMPORAL_PROFILE

    async def test_a_configured_server_that_is_not_there_is_not_replaced_by_ours(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        with pytest.raises(Unreachable) as refused:
            await start(tmp_path / "data")
        assert refused.value.code is Code.ENGINE_UNREACHABLE


def test_the_tool_on_the_path(tmp_path: Path) -> None:
    assert on_path() == Missing(Way.ON_PATH, "not_on_path")
    tool = make_program(tmp_path / "bin" / "temporal", "#!/bin/sh\n")
    assert on_path() == Binary("dev", tool)


def test_the_server_in_the_cache() -> None:
    assert cached() == Missing(Way.CACHED, "not_cached", str(cached_server()))
    make_program(cached_server(), "#!/bin/sh\n")
    assert cached() == Binary("server", cached_server())


class TestOrder:
    def test_as_designed(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path)
        ways = [Way.ON_PATH, Way.CACHED, Way.DOWNLOADED, Way.BUILT]
        assert order(folder, isolated=False) == ways
        assert order(folder, isolated=True) == [Way.CACHED, Way.DOWNLOADED, Way.BUILT]

    @pytest.mark.parametrize("maker", [Way.CACHED, Way.BUILT])
    def test_a_database_is_opened_by_the_server_that_made_it(
        self, tmp_path: Path, maker: Way
    ) -> None:
        folder = DataFolder(tmp_path)
        write_atomically(folder.origin, dump(Origin(way=maker, version="1")))
        folder.database.touch()
        assert order(folder, isolated=False)[0] is Way.CACHED


class TestDownload:
    async def test_refused_without_internet_and_leaves_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A proxy nobody serves stands for "no internet" on machines that have it.
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        told: list[MakingProgress] = []
        found = await download(told.append)
        assert isinstance(found, Missing)
        assert (found.way, found.why) == (Way.DOWNLOADED, "download_refused")
        assert [progress.stage for progress in told] == ["download"]
        assert not download_module.download_folder().exists()

    async def test_an_earlier_download_is_taken(self) -> None:
        tool = make_program(download_module.download_folder() / "temporal-x", "#!/bin/sh\n")
        assert await download(silent) == Binary("dev", tool)


STAND_IN_GO = """#!/bin/sh
# As `go install -v`: tells what it does on the way, leaves a server that knows its version.
if [ -e "{fail}" ]; then echo "go: no such module" >&2; exit 1; fi
echo "go: downloading example.com/m v1" >&2
echo "example.com/m" >&2
echo built >> "{log}"
mkdir -p "$GOBIN"
printf '#!/bin/sh\\necho temporal version 1.32.2\\n' > "$GOBIN/server"
chmod +x "$GOBIN/server"
"""


class TestBuild:
    """With a stand-in for the Go toolchain; the real one takes minutes (docs/running.md)."""

    @pytest.fixture
    def fail(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Make this file to let the build fail."""
        monkeypatch.setenv("PATH", os.defpath)
        fail = tmp_path / "fail"
        text = STAND_IN_GO.format(fail=fail, log=tmp_path / "log")
        go = make_program(tmp_path / "go", text)

        async def toolchain(work: Path) -> Path:
            return go

        monkeypatch.setattr(build_module, "_toolchain", toolchain)
        return fail

    async def test_lands_in_the_cache_and_says_how_far_it_is(
        self, fail: Path, tmp_path: Path
    ) -> None:
        told: list[MakingProgress] = []
        assert await build(told.append) == Binary("server", cached_server())
        assert [progress.stage for progress in told] == [
            "toolchain",
            "modules",
            "compile",
            "install",
        ]
        left = {path.name for path in (tmp_path / "cache" / "yishen").iterdir()}
        assert left == {"temporal-server-1.32.2", "temporal-server-1.32.2.lock"}

    async def test_a_second_builder_waits_and_takes_what_the_first_built(
        self, fail: Path, tmp_path: Path
    ) -> None:
        told: list[MakingProgress] = []
        first, second = await asyncio.gather(build(silent), build(told.append))
        assert first == second == Binary("server", cached_server())
        assert [progress.stage for progress in told] == ["wait_for_builder"]
        assert (tmp_path / "log").read_text() == "built\n"

    async def test_a_failure_says_why(self, fail: Path) -> None:
        make_program(fail, "")
        found = await build(silent)
        assert isinstance(found, Missing)
        assert found.why == "build_failed"
        assert "no such module" in found.detail
        assert not cached_server().exists()


async def test_when_no_way_is_left_one_error_names_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def closed(way: Way, _: object) -> Missing:
        return Missing(way, "closed", "for the test")

    monkeypatch.setattr(running_module, "find", closed)
    with pytest.raises(Unreachable) as refused:
        await start(tmp_path / "data")
    assert refused.value.code is Code.ENGINE_NOT_FOUND
    for way in ("on_path", "cached", "downloaded", "built"):
        assert f"{way}: closed (for the test)" in refused.value.params["tried"]


async def test_a_server_that_dies_while_starting_shows_its_log(tmp_path: Path) -> None:
    make_program(cached_server(), f"#!{sys.executable}\nraise SystemExit('no disk left')\n")
    with pytest.raises(Unreachable) as refused:
        await start(tmp_path / "data", isolated=True)
    assert refused.value.code is Code.ENGINE_FAILED
    assert "no disk left" in refused.value.params["detail"]


class TestDoctor:
    def test_names_every_way_and_the_one_taken(self, tmp_path: Path) -> None:
        make_program(cached_server(), "#!/bin/sh\n")
        found = diagnose(Settings(data=tmp_path / "data"))
        assert {state.way: state.state for state in found.ways} == {
            Way.CONFIGURED: "missing",
            Way.ON_PATH: "missing",
            Way.CACHED: "taken",
            Way.DOWNLOADED: "untried",
            Way.BUILT: "untried",
        }
        assert found.taken is Way.CACHED
        assert found.engine.error is Code.ENGINE_NOT_RUNNING
        assert not found.folder.exists
        assert found.folder.writable
        assert not (tmp_path / "data").exists(), "looking changes nothing"

    def test_a_configured_server_that_does_not_answer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        found = diagnose(Settings(data=tmp_path))
        assert found.taken is Way.CONFIGURED
        assert found.engine.error is Code.ENGINE_UNREACHABLE

    def test_an_unreadable_profile(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TEMPORAL_PROFILE", "nowhere")
        found = diagnose(Settings(data=tmp_path))
        assert found.taken is None
        assert found.ways[0].why == "profile_unreadable"

    def test_every_state_and_reason_has_its_text(self) -> None:
        from texts import has

        for way in Way:
            assert has("zh", f"engine.way.{way}")
        for why in ("not_configured", "not_on_path", "not_cached", "will_download", "will_build"):
            assert has("zh", f"engine.missing.{why}")
