"""The user's file of settings: what it may contain, what comes before it, and pubcli config."""

import json
import re
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pubcli.cli.options import Output
from pubcli.cli.pager import command as pager_command
from pubcli.cli.settings import SETTINGS, Settings, create, load
from pubcli.errors import UsageError
from repository import ROOT

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the file, which does not exist yet, and set it for this process."""
    path = tmp_path / "settings" / "config.toml"
    monkeypatch.setenv("PUBCLI_CONFIG", str(path))
    return path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("color = 'blue'", "color: invalid value 'blue'; choose from auto, always, never"),
        ("color = 3", "color: expected a text in quotation marks, got 3"),
        (f"x = {'[' * 5000}", "is not valid TOML"),
        ("color = blue", "is not valid TOML: Invalid value (at line 1, column 9)"),
        ("format = 'bibtex'", "format: invalid value 'bibtex'"),
        ("format = 'jsn'", "did you mean json?"),
        ("pager = ''", "pager: expected a text"),
        ("library = ['a']", "library: expected a text"),
        ("libraries = 'a'", "libraries: expected a table, which begins with the line [libraries]"),
        ("[libraries]\ngroup = 1", "libraries.group: expected a text"),
        ("[columns]\nlsit = ['key']", "columns: invalid value 'lsit' (did you mean list?)"),
        ("[columns]\nlist = 'key'", "columns.list: expected a list of fields"),
        ("[columns]\nlist = []", "columns.list: expected a list of fields"),
    ],
)
def test_a_value_that_is_not_valid_is_named_with_its_file(config: Path, text: str, message: str) -> None:
    write(config, text)
    with pytest.raises(UsageError) as refusal:
        load()
    assert message in str(refusal.value)
    assert str(config) in str(refusal.value)


def test_text_that_is_not_utf_8_is_refused(config: Path) -> None:
    config.parent.mkdir()
    config.write_bytes("style = 'größe'".encode("latin-1"))
    with pytest.raises(UsageError, match="is not text in UTF-8"):
        load()


def test_without_a_file_nothing_is_set(config: Path) -> None:
    assert load().values == {}


def test_a_new_file_explains_each_setting_and_changes_nothing(config: Path) -> None:
    create(str(config))
    assert load().values == {}
    uncommented = config.read_text().replace("\n# ", "\n").replace("\n\n", "\n# ")
    write(config, "".join(f"{line}\n" for line in uncommented.splitlines() if "=" in line or line.startswith("[")))
    settings = load()
    assert settings.values.keys() == SETTINGS.keys(), "the examples are valid settings"
    create(str(config))
    assert load().values == settings.values, "an existing file stays as it is"


def test_the_example_in_the_documentation_is_valid_and_complete() -> None:
    [example] = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "docs" / "settings.md").read_text(), re.M | re.S)
    assert Settings("config.toml", tomllib.loads(example)).values.keys() == SETTINGS.keys()


def test_names_of_libraries_and_paths_are_relative_to_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    values = {"library": "group", "libraries": {"group": "~/group.sqlite", "near": "near.sqlite"}}
    settings = Settings("/etc/pubcli/config.toml", values)
    assert settings.library(None) == "/home/ada/group.sqlite"
    assert settings.library("near") == "/etc/pubcli/near.sqlite"
    assert settings.library("other.sqlite") == "other.sqlite"
    monkeypatch.setenv("PUBCLI_LIBRARY", "near")
    assert settings.library(None) == "/etc/pubcli/near.sqlite"
    monkeypatch.setenv("PUBCLI_LIBRARY", "/data/library.sqlite")
    assert settings.library(None) is None, "the variable is read where the library is opened"
    assert Settings("/etc/config.toml", {"library": "mine.sqlite"}).library("a.sqlite") == "a.sqlite"


@pytest.mark.parametrize(
    ("profile", "variable", "library", "expected"),
    [
        (None, "", None, "/x.sqlite"),
        (["page.txt"], "", None, None),
        (None, "page.txt", None, None),
        (None, "page.txt", "group", "/y.sqlite"),
    ],
)
def test_the_default_library_is_not_used_if_files_are_named(
    monkeypatch: pytest.MonkeyPatch, profile: list[str] | None, variable: str, library: str | None, expected: str | None
) -> None:
    monkeypatch.setenv("PUBCLI_PROFILE", variable)
    settings = Settings("/config.toml", {"library": "/x.sqlite", "libraries": {"group": "/y.sqlite"}})
    assert settings.complete({"profile": profile, "library": library})["library"] == expected


def test_an_option_and_no_color_come_before_the_colour_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def when(color: str | None) -> str:
        output = Output(color=color)
        output.settings = Settings("config.toml", {"color": "always"})
        return output.when_color()

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (when(None), when("auto"), when("never")) == ("always", "auto", "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert (when(None), when("always")) == ("auto", "always")


@pytest.mark.parametrize(
    ("environment", "value", "expected"),
    [
        ({"PUBCLI_PAGER": "more", "PAGER": "most"}, "less -R", "more"),
        ({"PAGER": "most"}, "less -R", "less -R"),
        ({"PAGER": "most"}, False, ""),
        ({"PAGER": "most"}, True, "most"),
    ],
)
def test_the_pager_of_the_file_comes_between_the_variables(
    environment: Mapping[str, str], value: object, expected: str
) -> None:
    assert pager_command(environment, Settings("config.toml", {"pager": value}).pager) == expected


@pytest.fixture
def run(pubcli: Program, config: Path) -> Program:
    """Run the program with the file of settings."""
    return lambda *words, **options: pubcli(*words, **{**options, "env": {"PUBCLI_CONFIG": str(config)}})


def test_columns_of_a_command_are_those_of_the_file_unless_an_option_names_others(run: Program, config: Path) -> None:
    write(config, "[columns]\nlist = ['key', 'year']\n")
    assert run("list", "-n", "1").stdout.splitlines()[0] == b"key\tyear"
    assert run("list", "-n", "1", "--fields", "key,title").stdout.splitlines()[0] == b"key\ttitle"
    assert run("search", "privacy").stdout.splitlines()[0] != b"key\tyear"
    assert len(json.loads(run("list", "-n", "1", "--json").stdout)[0]) > 2, "JSON has all fields"
    assert run("list", "-n", "1", "-f", "bibtex").returncode == 0


def test_a_column_that_does_not_exist_is_named_with_the_file(run: Program, config: Path) -> None:
    write(config, "[columns]\nlist = ['kex']\n")
    result = run("list")
    assert result.returncode == 2
    assert f"{config}: columns.list: invalid value 'kex' (did you mean key?)".encode() in result.stderr


def test_the_format_of_the_file_is_for_answers_without_another(run: Program, config: Path, tmp_path: Path) -> None:
    write(config, "format = 'jsonl'\n")
    assert json.loads(run("list", "-n", "1").stdout)["key"]
    assert run("list", "-n", "1", "-f", "tsv").stdout.startswith(b"key")
    assert run("list", "-n", "1", "-o", tmp_path / "a.csv").returncode == 0
    assert (tmp_path / "a.csv").read_text().startswith("key,")
    assert run("plot", "years", "-o", tmp_path / "a.svg").returncode == 0


def test_a_named_library_is_used_by_all_commands(run: Program, config: Path) -> None:
    write(config, "library = 'group'\n[libraries]\ngroup = 'group.sqlite'\n")
    assert b"there is no such library" in run("list").stderr
    assert run("add", "page.txt").returncode == 0
    assert (config.parent / "group.sqlite").exists()
    assert len(run("list").stdout.splitlines()) == 51
    assert b"group.sqlite" in run("library", "info", "--library", "group").stdout
    assert b"sample page" not in run("list", "-p", "page.txt").stderr


def test_an_unknown_setting_is_named_in_a_note(run: Program, config: Path) -> None:
    write(config, "pagr = 'less'\n")
    result = run("list", "-n", "1")
    assert result.returncode == 0
    assert b"there is no setting pagr (did you mean pager?)" in result.stderr
    assert b"pagr" not in run("list", "-n", "1", "-q").stderr


def test_columns_of_a_table_do_not_turn_a_card_into_a_table(run: Program, config: Path) -> None:
    write(config, "[columns]\nprofile = ['name']\nshow = ['key']\n")
    assert run("profile", "--list", "-q").stdout == b"name\nMeisam Razaviyayn\n"
    assert b"h-index" in run("profile", "-q").stdout
    assert run("show", "3", "-q").stdout.count(b"\n") > 5
    assert run("profile", "-q", "--fields", "name").stdout.startswith(b"name\n")


def test_config_show_names_the_value_and_its_source(run: Program, config: Path) -> None:
    write(config, "style = 'ieee'\nlibraries = {a = 'b', c = 'd'}\ncolumns = {list = ['key', 'title']}\n")
    rows = {row["setting"]: row for row in json.loads(run("config", "show", "--json").stdout)}
    assert {name.partition(".")[0] for name in rows} == SETTINGS.keys()
    assert (rows["style"]["value"], rows["style"]["source"]) == ("ieee", config.name)
    assert (rows["libraries.a"]["value"], rows["libraries.c"]["value"]) == ("b", "d")
    assert rows["columns.list"]["value"] == "key, title"
    assert rows["pager"]["value"] is None


def test_config_show_says_that_an_empty_variable_switches_the_pager_off(pubcli: Program, config: Path) -> None:
    write(config, "pager = 'less'\n")
    variables = {"PUBCLI_CONFIG": str(config), "PUBCLI_PAGER": "", "NO_COLOR": ""}
    rows = {row["setting"]: row for row in json.loads(pubcli("config", "show", "--json", env=variables).stdout)}
    assert (rows["pager"]["value"], rows["pager"]["source"]) == ("", "PUBCLI_PAGER")
    assert rows["color"]["source"] is None


def test_config_path_prints_the_path_alone(run: Program, pubcli: Program, config: Path, home: Path) -> None:
    assert run("config", "path").stdout.decode() == f"{config}\n"
    folder = {"XDG_CONFIG_HOME": str(home / "folder")}
    assert pubcli("config", "path", env=folder).stdout.decode().startswith(str(home))


def test_config_edit_opens_the_editor_and_checks_the_file(pubcli: Program, config: Path, tmp_path: Path) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\ncp "$1" "$2"\n')
    editor.chmod(0o755)
    (tmp_path / "good.toml").write_text("style = 'ieee'\n")
    (tmp_path / "bad.toml").write_text("style = \n")
    for name, status in (("good", 0), ("bad", 2), ("good", 0)):  # the last repairs a file that is not valid
        variables = {"PUBCLI_CONFIG": str(config), "VISUAL": f"'{editor}' '{tmp_path / name}.toml'"}
        assert pubcli("config", "edit", env=variables).returncode == status
    assert config.read_text() == "style = 'ieee'\n"
    for visual in ("/no/such/editor", "false", "na'no", ""):  # without an editor, and without a terminal
        result = pubcli("config", "edit", env={"PUBCLI_CONFIG": str(config), "VISUAL": visual})
        assert result.returncode == 74
        assert b"set EDITOR" in result.stderr


def test_without_a_file_no_command_reads_settings(pubcli: Program, config: Path) -> None:
    variables = {"PYTHONPROFILEIMPORTTIME": "1", "PUBCLI_CONFIG": str(config)}
    modules = pubcli("list", "-n", "1", env=variables).stderr
    assert b"pubcli.cli.options" in modules
    assert b"pubcli.cli.settings" not in modules
    assert b"tomllib" not in modules or b"coverage" in modules  # which reads its own settings
