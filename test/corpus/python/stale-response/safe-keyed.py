# safe: each answer has a place of its own
class Prices:
    def __init__(self, exchange):
        self.exchange = exchange
        self.prices = {}

    async def update(self, symbol):
        price = await self.exchange.price(symbol)
        self.prices[symbol] = price
