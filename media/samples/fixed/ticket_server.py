# The seat is looked at and sold under one lock.
import socketserver
import threading

seats = {"12A": None, "12B": None, "12C": None}
seats_lock = threading.Lock()


class TicketHandler(socketserver.StreamRequestHandler):
    def handle(self):
        name, seat = self.rfile.readline().decode().split()
        with seats_lock:
            sold = seats[seat] is None
            if sold:
                seats[seat] = name
        self.wfile.write(b"sold\n" if sold else b"taken\n")


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 9000), TicketHandler) as server:
        server.serve_forever()
