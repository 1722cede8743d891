enum StubTimeZones {}
