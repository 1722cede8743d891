enum StubWebhookServer {}
