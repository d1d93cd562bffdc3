"""Start a real browser without a window, for tests that open pages in it."""

import shutil
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1200,900"
)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHROMIUM_DRIVER = shutil.which("chromedriver")
FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
FIREFOX_DRIVER = shutil.which("geckodriver")
BROWSERS = {
    "chromium": bool(CHROMIUM and CHROMIUM_DRIVER),
    "firefox": bool(FIREFOX and FIREFOX_DRIVER),
}
"""The browsers that tests can use, and whether this machine has them with their drivers."""


def start(name: str, profile: Path, *, has_scripts: bool = True) -> Any:
    """Return the driver of a new browser, whose files are in the folder `profile`."""
    from selenium import webdriver

    if name == "firefox":
        firefox = webdriver.FirefoxOptions()
        firefox.binary_location = FIREFOX or ""
        firefox.add_argument("-headless")
        firefox.set_preference("javascript.enabled", has_scripts)
        return webdriver.Firefox(options=firefox, service=webdriver.FirefoxService(FIREFOX_DRIVER))
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not has_scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMIUM_DRIVER))
