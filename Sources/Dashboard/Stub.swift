enum StubDashboard {}
