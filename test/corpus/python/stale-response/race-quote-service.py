# race: stale-response check=10 act=10
class Ticker:
    def __init__(self, exchange):
        self.exchange = exchange
        self.symbol = None
        self.price = None

    async def select(self, symbol):
        self.symbol = symbol
        self.price = await self.exchange.price(symbol)
