enum StubWebhookJSON {}
