enum StubSignatures {}
