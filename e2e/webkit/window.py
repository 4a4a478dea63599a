"""Debian's WebKitGTK in plain windows, driven through its own inspector.

    window.py WIDTH HEIGHT HOME URL [URL ...]

One window for each URL, all of one profile, which lives in HOME; downloads go to
HOME/downloads. WEBKIT_INSPECTOR_HTTP_SERVER=127.0.0.1:PORT says where a client finds it,
GTK_THEME=Adwaita:dark makes `prefers-color-scheme` dark.
"""
import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

TERM = 15  # the signal that ends it

width, height, home, *urls = sys.argv[1:]
data = WebKit2.WebsiteDataManager(
    base_data_directory=f"{home}/data", base_cache_directory=f"{home}/cache"
)
context = WebKit2.WebContext.new_with_website_data_manager(data)
os.makedirs(f"{home}/downloads", exist_ok=True)


def keep(download, name):
    download.set_destination(f"file://{home}/downloads/{name}")
    return True


def open_view(url):
    view = WebKit2.WebView(web_context=context)
    view.get_settings().set_enable_developer_extras(True)
    window = Gtk.Window()
    window.set_decorated(False)
    window.set_default_size(int(width), int(height))
    window.add(view)
    window.show_all()
    view.load_uri(url)


context.connect(
    "download-started",
    lambda _, download: download.connect("decide-destination", keep),
)
for url in urls:
    open_view(url)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, TERM, Gtk.main_quit)
Gtk.main()
