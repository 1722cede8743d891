enum StubCursesDisplay {}
