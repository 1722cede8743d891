enum StubConfigFiles {}
