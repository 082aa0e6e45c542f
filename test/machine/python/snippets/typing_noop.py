from typing import List, Dict, Optional, Any, Callable, TypeVar, Generic, Union, NamedTuple, Protocol
T = TypeVar('T')
class St(Generic[T]):
    def __init__(self) -> None: self.items: List[T] = []
    def push(self, x: T) -> None: self.items.append(x)
s = St[int](); s.push(1); print(s.items)
def f(a: Optional[int] = None, *b: 'str', c: Dict[str, Any] | None = None) -> Union[int, str]: return 1
print(f(), list[int], isinstance(1, int | str))
class E(NamedTuple):
    name: str
    id: int = 3
    def up(self): return self.name.upper()
e = E('x'); print(e, e.id, e.up(), e == ('x', 3))
x: int = 5
y: str
print(x)
