"""What leaves the server in one piece: the head of a response and the first of its body."""

import httpx

from asckg_api.connection import JoiningTransport
from service_case import Server


class Line:
    """What was sent, one entry for each time that something was."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def writelines(self, pieces: tuple[bytes, ...]) -> None:
        self.sent.append(b"".join(pieces))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def test_head_and_body_leave_together_and_further_pieces_at_once() -> None:
    line = Line()
    joining = JoiningTransport(line)
    for number in range(2):
        joining.write(b"HTTP/1.1 200 OK\r\n\r\n")
        assert len(line.sent) == 2 * number
        joining.write(b"one")
        joining.write(b"two")
        joining.end_response()
        assert line.sent[2 * number :] == [b"HTTP/1.1 200 OK\r\n\r\none", b"two"]


def test_a_head_without_a_body_leaves_at_the_end_and_before_the_line_closes() -> None:
    line = Line()
    joining = JoiningTransport(line)
    joining.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert line.sent == [b"HTTP/1.1 100 Continue\r\n\r\n"]
    joining.write(b"first")
    joining.end_response()
    joining.write(b"second")
    joining.close()
    assert line.sent[1:] == [b"first", b"second"]
    assert joining.is_closing()


def test_a_response_without_a_body_keeps_the_connection_usable(server: Server) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        for method in ("HEAD", "OPTIONS", "GET", "HEAD", "GET"):
            response = client.request(method, "/sparql", params={"query": "ASK {}"})
            assert response.status_code in (200, 204)
            assert bool(response.content) == (method == "GET")


def test_a_body_that_waits_for_leave_gets_it(server: Server) -> None:
    head = {"Content-Type": "application/sparql-query", "Expect": "100-continue"}
    assert server.client.post("/sparql", content=b"ASK {}", headers=head).json()["boolean"] is True
