// SPDX-License-Identifier: Apache-2.0

extension Starter {
    /// The second half: the rules, and the cases that they are tested with.
    static let rules = #"""
        rules:                              # the first rule that holds answers
          - name: blocked
            when: { caller: ["+442079460101", "+442079460102"] }
            answer: { reject: "Call not accepted." }
          - name: vip
            when: { caller: ["+31612345678", "+31655501234"] }
            bypass_closures: true           # gets through when the line is closed
            answer: vip
          - name: withheld numbers
            when: { caller: withheld }
            answer: short
          - name: german speakers
            when: { caller: { prefix: ["+49", "+43"] } }
            answer: german
          - name: sales in the afternoon
            when: { line: "+31201234568", during: ["13:00-18:00"] }
            answer: expert
          - name: demo calls
            when: { group: demo }
            answer: survey

        otherwise: default                  # the saved assistant as it is
        tag_answers: true                   # answers carry a tag, so that the screen can say whether they were applied

        tests:                              # what calls must get; the rules that they reach are tested with them
          - name: a weekday
            call: { from: "+31205550100", to: "+31201234567", at: "2026-07-01T10:00:00+02:00" }
            expect: { by: otherwise, answer: {} }
          - name: lunch
            call: { from: "+31205550100", to: "+31201234567", at: "2026-07-01T12:30:00+02:00" }
            expect:
              by: hours office
              answer: { error: "Sorry, we are closed at the moment. We open today at 1 pm." }
          - name: Christmas, although it is a Friday
            call: { from: "+31205550100", to: "+31201234567", at: "2026-12-25T10:00:00+01:00" }
            expect: { by: hours office, answer: { error: "Sorry, we are closed at the moment. We open on Monday at 8:30 am." } }
          - name: Easter Monday of another year
            call: { from: "+31205550100", to: "+31201234567", at: "2027-03-29T10:00:00+02:00" }
            expect: { by: hours office }
          - name: the night desk at midnight
            call: { from: "+31205550100", to: "+31850835038", at: "2026-07-02T00:00:00+02:00" }
            expect: { by: rule demo calls }
          - name: also when clocks are set forward
            call: { from: "+31205550100", to: "+31850835038", at: "2026-03-29T03:00:00+02:00" }
            expect: { by: rule demo calls }
          - name: until half past eight
            call: { from: "+31205550100", to: "+31850835038", at: "2026-07-02T08:30:00+02:00" }
            expect: { by: hours night }
          - name: a vip is let in at midnight
            call: { from: "+31612345678", to: "+31201234567", at: "2026-07-02T00:00:00+02:00" }
            expect:
              by: rule vip
              answer:
                assistant:
                  first_message: "Welcome back to Front desk! I have your file open. How can I help you?"
          - name: blocked
            call: { from: "+442079460101", to: "+31201234567", at: "2026-07-01T10:00:00+02:00" }
            expect: { by: rule blocked, answer: { error: Call not accepted. } }
          - name: a withheld number has five minutes
            call: { from: withheld, to: "+31201234567", at: "2026-07-01T10:00:00+02:00" }
            expect: { by: rule withheld numbers, answer: { max_duration_seconds: 300 } }
          - name: from Hamburg
            call: { from: "+494066969451", to: "+31201234567", at: "2026-07-01T10:00:00+02:00" }
            expect: { by: rule german speakers }
          - name: sales after lunch
            call: { from: "+31205550100", to: "+31201234568", at: "2026-07-01T13:00:00+02:00" }
            expect: { by: rule sales in the afternoon }

        """#
}
