"""A notebook as a person sees it."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

MINUTE = 60_000


class Lab:
    """A running JupyterLab in one theme over a folder; `requests` lists every address that a page asked for."""

    def __init__(self, chromium: Browser, address: str, token: str, folder: Path, *, dark: bool) -> None:
        self.folder = folder
        self.address = address
        self.token = token
        self.dark = dark
        self.requests: list[str] = []
        context = chromium.new_context(viewport={"width": 1280, "height": 1000})
        context.on("request", lambda request: self.requests.append(request.url))
        self.context = context

    def run(self, name: str) -> Page:
        """Open a notebook, run all its cells and wait until each has run."""
        page = self.context.new_page()
        page.goto(f"{self.address}/lab/tree/notebooks/{name}?token={self.token}&reset", timeout=2 * MINUTE)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=2 * MINUTE)
        self.run_all(page)
        self.keep_picture(page, name)
        return page

    def run_all(self, page: Page) -> None:
        """Run all cells from the menu and wait until each bears its number.

        JupyterLab opens the notebook before its kernel is there, then asks for one and may run nothing or a part; so
        the menu is used again whenever cells are left and none is running.
        """
        prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt")
        offer = page.locator(".jp-Dialog .jp-mod-accept")
        failed = page.locator('[data-mime-type="application/vnd.jupyter.error"]')
        for turn in range(4 * 150):
            shown = [prompt.strip() for prompt in prompts.all_inner_texts()]
            if shown and all(re.fullmatch(r"\[\d+\]:", prompt) for prompt in shown):
                assert not failed.count(), failed.first.inner_text()
                return
            if offer.count():
                offer.first.click()
            elif turn % 40 == 0 and "[*]:" not in shown:
                page.locator(".lm-MenuBar-item", has_text="Run").first.click()
                page.get_by_text("Run All Cells", exact=True).click()
            page.wait_for_timeout(250)
        said = (
            failed.first.inner_text()
            if failed.count()
            else page.locator(".jp-OutputArea-output").all_inner_texts()[-1:]
        )
        raise AssertionError(f"the notebook did not finish: {said}")

    def restart(self, page: Page) -> None:
        """Restart the kernel and begin to run all cells."""
        page.locator(".lm-MenuBar-item", has_text="Kernel").first.click()
        page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
        page.locator(".jp-Dialog .jp-mod-accept").click()

    def keep_picture(self, page: Page, name: str) -> None:
        """Save the notebook's whole length where STANDPUNT_PICTURES names a folder, to be looked at."""
        if folder := os.environ.get("STANDPUNT_PICTURES"):
            height = page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
            page.set_viewport_size({"width": 1280, "height": min(int(height) + 120, 12_000)})
            page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
            theme = "dark" if self.dark else "light"
            page.screenshot(path=str(Path(folder) / f"{Path(name).stem}-{theme}.png"))
            page.set_viewport_size({"width": 1280, "height": 1000})

    def strangers(self) -> list[str]:
        """Return the addresses asked for that are not on this machine."""
        return [url for url in self.requests if urlsplit(url).hostname not in ("127.0.0.1", None)]
