#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""serve_idle.py ADDRESS COUNT PID: so many connections that ask once and then wait; the memory of the
process, and how long another client's request takes meanwhile."""
import resource
import socket
import sys
import time
from urllib.parse import urlparse

address, count, pid = urlparse(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n"


def resident():
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def ask(connection):
    connection.sendall(REQUEST)
    answer = b""
    while not answer.endswith(b"ok\n"):
        answer += connection.recv(4096)


before = resident()
waiting = []
for _ in range(count):
    connection = socket.create_connection((address.hostname, address.port))
    ask(connection)
    waiting.append(connection)
times = []
other = socket.create_connection((address.hostname, address.port))
for _ in range(2000):
    began = time.perf_counter()
    ask(other)
    times.append(time.perf_counter() - began)
times.sort()
print(f"idle: {count} connections, {resident():.0f} MB ({before:.0f} MB before), "
      f"another's request p99 {times[int(len(times) * .99)] * 1000:.2f} ms")
