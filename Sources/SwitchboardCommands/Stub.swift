enum StubSwitchboardCommands {}
