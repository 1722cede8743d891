enum StubSessionExport {}
