# safe: check and insert in one transaction that is serialisable
import sqlalchemy as sa
from sqlalchemy.orm import Session

from shop.models import Redemption, engine


def redeem(code):
    with Session(engine.execution_options(isolation_level="SERIALIZABLE")).begin() as session:
        taken = session.query(Redemption).filter_by(code=code).first()
        if taken is not None:
            return False
        session.add(Redemption(code=code))
        return True


def audit(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Redemption))
