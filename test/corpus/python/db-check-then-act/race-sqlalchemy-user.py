# race: db-check-then-act check=12 act=15
from flask import Flask, request

from models import User, session

app = Flask(__name__)


@app.post("/users")
def create_user():
    email = request.json["email"]
    existing = session.query(User).filter_by(email=email).first()
    if existing is not None:
        return "exists", 409
    session.add(User(email=email))
    session.commit()
    return "created", 201
