enum StubDashboardRuntime {}
