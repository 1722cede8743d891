enum StubExchange {}
