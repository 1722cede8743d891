// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import TestSupport
import Testing

@Suite struct EchoTests {
    @Test(
        arguments: [
            (nil, .none),
            (nil as JSONValue, .none),
            ("assistant", .none),
            ([:], .untagged),
            (["metadata": nil], .untagged),
            (["metadata": ["other": "d-1"]], .untagged),
            (["metadata": ["switchboard": "d-1"]], .untagged),
            (["metadata": ["switchboard": ["decision": 1]]], .untagged),
            (["metadata": ["switchboard": ["by": "rule vip", "decision": "d-1"]]], .decision("d-1")),
            (["first_message": "Hi", "metadata": ["crm": 1, "switchboard": ["decision": "d-1"]]], .decision("d-1")),
        ] as [(JSONValue?, Webhook.Echo)])
    func theTagIsFoundWhereThePlatformEchoesIt(_ assistant: JSONValue?, echo: Webhook.Echo) {
        let body = WebhookBody.sample {
            $0.type = "status-update"
            $0.more = assistant.map { [.init("assistant", $0)] } ?? []
        }
        #expect(Decoded(body.bytes).webhook?.echo == echo)
    }
}
