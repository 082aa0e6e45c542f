# A ticket server: two people ask for the same seat at the same time, and both get it.
import socketserver

seats = {"12A": None, "12B": None, "12C": None}


class TicketHandler(socketserver.StreamRequestHandler):
    def handle(self):
        name, seat = self.rfile.readline().decode().split()
        if seats[seat] is None:
            self.wfile.write(b"one moment\n")
            seats[seat] = name
            self.wfile.write(b"sold\n")
        else:
            self.wfile.write(b"taken\n")


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 9000), TicketHandler) as server:
        server.serve_forever()
