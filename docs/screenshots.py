"""Takes the screenshots in docs/images anew: `python docs/screenshots.py`, with playwright and Debian's chromium installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).with_name("images")
QUESTION = "How many people were killed when the Hollin dam failed?"
PORT = 7897
COLOURS = 64
"""Enough for text and two pale fills, at a third of the size."""


def ask(page: Page, question: str) -> None:
    """Asks on the page, again until it listens, and waits for the answer."""
    while page.locator("#conversation .user-row").count() == 0:
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.wait_for_timeout(2000)
    page.locator(".es-verdict").last.wait_for()


def take(page: Page, name: str) -> None:
    """Writes what the page shows to docs/images."""
    page.wait_for_timeout(1500)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(COLOURS).save(path, optimize=True)


def main() -> None:
    """Serves the demo, and shows an answer, an opened citation, the disagreement, the collections, and a phone."""
    program = [sys.executable, "-c", "from ui.cli import main; main()", "chat", "--demo", "--port", str(PORT)]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as server, sync_playwright() as started:
        assert server.stderr
        server.stderr.readline()
        browser = started.chromium.launch(executable_path=shutil.which("chromium"))
        try:
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
                page.set_default_timeout(180_000)
                page.goto(f"http://127.0.0.1:{PORT}/")
                ask(page, QUESTION)
                take(page, f"answer-{scheme}")
                page.get_by_role("link", name="40 and 60").press("Enter")
                take(page, f"citation-{scheme}")
                page.locator(".es-pictures").scroll_into_view_if_needed()
                take(page, f"figures-{scheme}")
            page.get_by_role("tab", name="Articles").click()
            page.locator("#articles tbody tr").first.wait_for()
            take(page, "articles-dark")
            phone = browser.new_page(viewport={"width": 360, "height": 740})
            phone.set_default_timeout(180_000)
            phone.goto(f"http://127.0.0.1:{PORT}/")
            ask(phone, QUESTION)
            take(phone, "phone")
            phone.locator(".es-pictures").scroll_into_view_if_needed()
            take(phone, "phone-figures")
        finally:
            browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
