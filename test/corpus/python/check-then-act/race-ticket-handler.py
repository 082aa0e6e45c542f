# race: check-then-act check=12 act=16
import socketserver

SEATS = {}


class TicketHandler(socketserver.StreamRequestHandler):
    """One line per request: the number of the seat wanted."""

    def handle(self):
        seat = self.rfile.readline().strip().decode()
        if seat in SEATS:
            self.wfile.write(b"taken\n")
            return
        self.charge(seat)
        SEATS[seat] = self.client_address[0]
        self.wfile.write(b"yours\n")

    def charge(self, seat):
        self.wfile.write(b"please pay for " + seat.encode() + b"\n")


def serve():
    with socketserver.ThreadingTCPServer(("", 9090), TicketHandler) as server:
        server.serve_forever()
