// SPDX-License-Identifier: Apache-2.0

/// The rules file that `init` writes; it has no findings, its tests pass, and it can be served as it is.
///
/// Its first line points editors to the schema, `RulesSchema.fileName` in the same folder.
package enum Starter {
    /// The name under which it is saved.
    package static let fileName = "switchboard.yaml"

    /// The commented file.
    package static let text = desk + rules
}

extension Starter {
    /// The first half: the server, the lines, their hours, and the answers.
    static let desk = #"""
        # yaml-language-server: $schema=switchboard.schema.json
        #
        # The rules of this switchboard.
        #
        # Check it:   switchboard check
        # Test it:    switchboard test --coverage
        # Serve it:   switchboard serve
        # All keys:   docs/rules.md
        version: 1
        timezone: Europe/Amsterdam          # an IANA name; a line or an hours table may have its own

        server:
          listen: 127.0.0.1:8787            # this machine only; put a reverse proxy or a tunnel in front of it
          path: /webhook
          # Webhooks are UNSIGNED until a secret is set. To sign them, give the platform a webhook_secret, put the
          # same text into the environment, and uncomment the next two lines:
          # secrets:
          #   - env: SWITCHBOARD_WEBHOOK_SECRET
          answer_within: 4s                 # after that the fallback goes out; the platform stops waiting at 5 s
          keep: { calls: 10000 }

        lines:                              # the numbers that people call
          - number: "+31201234567"
            name: Front desk
            language: en                    # of the people who call, and of times in texts
            group: amsterdam
            hours: office
          - number: "+31201234568"
            name: Sales
            language: en
            group: amsterdam
            hours: office
          - number: "+31850835037"
            name: Demo line
            language: en
            group: demo
          - number: "+31850835038"
            name: Night desk
            language: en
            group: demo
            hours: night

        unknown_line:                       # a call to a number that is not listed above
          reject: "This number is not in service."

        # Callers can be greeted by name and sorted by what a spreadsheet or a customer database knows of them:
        # contacts:
        #   - csv: { file: contacts.csv, columns: { number: [Mobile, Phone], name: Full Name } }
        # A text then says {{contact.name|there}}, and a rule asks when: { contact: { tier: vip } }.

        holidays:                           # lists of dates that several hours can share
          public:
            dates: ["01-01", easter+1, easter+39, "12-25..12-26"]

        hours:
          office:
            weekly:
              mon-fri: ["08:30-12:30", "13:00-18:00"]
              sat: ["10:00-16:00"]
            dates:                          # a date replaces the windows of its weekday; this one every year
              "12-31": ["08:30-15:00"]
            holidays: public
            closed: closed                  # the answer outside these hours, one of the answers below
          night:
            weekly:
              mon-sun: ["18:00-08:30"]      # runs over midnight
            closed: { reject: "The night desk opens {{line.opens|at six in the evening}}. Please call the front desk." }

        answers:                            # named, so that rules, hours and operators can share them
          closed:
            reject: "Sorry, we are closed at the moment. We open {{line.opens|soon}}."  # `soon`, where nobody can say
          vip:
            greeting: "Welcome back to {{line.name|our desk}}! I have your file open. How can I help you?"
          expert:                           # replaces the whole llm block, so it needs provider and model too
            llm:
              provider: openai
              model: gpt-4o
              temperature: 0.4
              messages:
                - role: system
                  content: "You help the caller {{caller.number|who withholds the number}}. Be brief and exact."
          german:
            greeting: "Guten Tag, wie kann ich Ihnen helfen?"
            stt: { provider: deepgram, model: nova-3-general, language: de }
          short:
            max_duration: 5m
          survey:                           # {{schema}} and {{transcript}} belong to the platform and stay as they are
            analysis:
              structured_data_plan:
                enabled: true
                schema:
                  type: object
                  properties:
                    intent: { type: string }
                    sentiment: { type: string, enum: [positive, neutral, negative] }
                messages:
                  - { role: system, content: "Analyze the call transcript according to the schema: {{schema}}" }
                  - { role: user, content: "Transcript: {{transcript}}" }


        """#
}
