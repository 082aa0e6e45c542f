# race: check-then-act check=12 act=14
from flask import Flask, jsonify, request

app = Flask(__name__)
redeemed = []
LIMIT = 3


@app.route("/redeem", methods=["POST"])
def redeem():
    code = request.json["code"]
    if len(redeemed) >= LIMIT:
        return jsonify(error="no coupons left"), 409
    redeemed.append(code)
    return jsonify(ok=True)


@app.route("/left")
def left():
    return jsonify(left=LIMIT - len(redeemed))
