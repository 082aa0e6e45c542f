print('before')
def f(): raise ValueError('uncaught one')
f()
