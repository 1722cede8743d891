enum StubSimulatedPlatform {}
