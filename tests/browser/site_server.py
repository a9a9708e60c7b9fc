"""A website of somebody else, on loopback and on an origin of its own."""

import http.server
import threading


class SiteServer:
    """A website on loopback: one page, and pictures at every other path."""

    def __init__(self):
        site = self
        self.page = ""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                is_page = self.path == "/"
                body = site.answer(self.headers["Host"]) if is_page else b"<svg xmlns='http://www.w3.org/2000/svg'/>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8" if is_page else "image/svg+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, host):
        """The page as it goes out."""
        return self.page.encode()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
