#!/usr/bin/env python3
"""A hub and a second host for large files, on two free ports of this machine, for tests (support/local_hub.h).

Prints "<hub port> <files port>" and serves until its input ends. GET /log of the hub gives what was asked: one line a
request, "hub|files METHOD PATH range=… token=yes|no". The name of a model decides what goes wrong with it.
"""
import hashlib
import http.server
import json
import sys
import threading
import time

COMMIT = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = bytes(range(256)) * 4096
SMALL = {"config.json": b'{"model_type": "bert"}', "tokenizer.json": b'{"version": "1.0"}', "README.md": b"no"}
INDEX = json.dumps({"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}).encode()
OUTSIDE = json.dumps({"weight_map": {"a": "../model-1.safetensors"}}).encode()
log: list[str] = []
cut: set[str] = set()


def files_of(model: str) -> dict[str, bytes]:
    files = dict(SMALL)
    if model in ("sharded", "outside"):
        files["model.safetensors.index.json"] = OUTSIDE if model == "outside" else INDEX
        files["model-1.safetensors"] = WEIGHTS
        files["model-2.safetensors"] = WEIGHTS[::-1]
    elif model != "noweights":
        files["model.safetensors"] = WEIGHTS
    return files


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    side = "hub"

    def log_message(self, *_):
        pass

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_GET(self) -> None:
        if self.path == "/log":
            self.answer(200, "\n".join(log).encode())
            return
        token = "yes" if self.headers.get("Authorization") == "Bearer secret" else "no"
        log.append(f"{self.side} {self.command} {self.path} range={self.headers.get('Range')} token={token}")
        if self.side == "hub":
            self.hub()
        else:
            self.files()

    do_HEAD = do_GET

    def hub(self) -> None:
        parts = self.path.strip("/").split("/")
        model = parts[3] if parts[0] == "api" else parts[1]
        if model == "gated":
            return self.answer(401)
        if model == "missing":
            return self.answer(404)
        files = files_of(model)
        if parts[0] == "api":
            if model == "nonsense":
                return self.answer(200, b"<html>")
            siblings = [{"rfilename": name} for name in files]
            return self.answer(200, json.dumps({"sha": COMMIT, "siblings": siblings}).encode())
        name = parts[-1]
        content = files[name]
        if name.endswith(".safetensors"):
            digest = hashlib.sha256(b"other" if model == "damaged" else content).hexdigest()
            size = 1 << 62 if model == "huge" else len(content)
            return self.answer(302, Location=f"http://127.0.0.1:{PORTS[1]}/{model}/{name}",
                               X_Linked_Etag=f'"{digest}"', X_Linked_Size=str(size))
        digest = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        etag = {} if model == "nochecksum" else {"ETag": f'"{digest}"'}
        return self.answer(200, content, **etag)

    def files(self) -> None:
        model, name = self.path.strip("/").split("/")
        content = files_of(model)[name]
        asked = self.headers.get("Range")
        if model == "cut" and model not in cut:
            cut.add(model)
            self.answer(200, content[:len(content) // 2], Content_Length=str(len(content)))
            self.close_connection = True
        elif model == "slow":
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            for begin in range(0, len(content), 4096):
                self.wfile.write(content[begin:begin + 4096])
                time.sleep(0.05)
        elif asked and model != "norange":
            first = int(asked.removeprefix("bytes=").removesuffix("-"))
            self.answer(206, content[first:], Content_Range=f"bytes {first}-{len(content) - 1}/{len(content)}")
        else:
            self.answer(200, content)


class FilesHandler(Handler):
    side = "files"


SERVERS = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in (Handler, FilesHandler)]
PORTS = [server.server_address[1] for server in SERVERS]
for server in SERVERS:
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that goes away is part of the tests
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(*PORTS, flush=True)
sys.stdin.read()
