// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON
package import Overrides

/// A request to forget a number.
package struct ForgettingWish: Hashable, Sendable {
    package let number: PhoneNumber
    package let who: Operator?

    package init(number: PhoneNumber, who: Operator?) {
        self.number = number
        self.who = who
    }

    package var document: JSONDocument {
        var object = ObjectWriter()
        object.add("number", number.description)
        if let who { object.addObject("who") { OperatorDocument.write(who.with(nil), into: &$0) } }
        return object.document
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let object = try ObjectReader(bytes)
        try object.allow(only: ["number", "who"])
        guard let number = PhoneNumber(try object.text("number")) else {
            throw object.problem("number", "must be in E.164 form, such as +31612345678")
        }
        self.init(number: number, who: try CommandDocument.who(object))
    }
}

/// What forgetting a number did.
package struct ForgettingReport: Hashable, Sendable {
    /// What the number is called now.
    package let name: String
    /// Calls of the number in memory, and others that mentioned it.
    package let memoryCalls: Int
    package let memoryOthers: Int
    /// What was done to the journal; `nil` without one, or while it goes on.
    package let journal: Journal?
    /// Whether the journal is still being cleaned.
    package let goesOn: Bool
    /// Other files that had the number.
    package let files: [String]

    package struct Journal: Hashable, Sendable {
        package let calls: Int
        package let others: Int
        /// Whether no free page of the file can have the number any more.
        package let isErased: Bool

        package init(calls: Int, others: Int, isErased: Bool) {
            self.calls = calls
            self.others = others
            self.isErased = isErased
        }
    }

    package init(
        name: String, memoryCalls: Int, memoryOthers: Int, journal: Journal?, goesOn: Bool, files: [String]
    ) {
        self.name = name
        self.memoryCalls = memoryCalls
        self.memoryOthers = memoryOthers
        self.journal = journal
        self.goesOn = goesOn
        self.files = files
    }

    package var document: JSONDocument { ReportDocument.document(self) }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) { self = try ReportDocument.read(bytes) }

    private enum ReportDocument: Document {
        typealias Subject = ForgettingReport

        static func fields<Coder: FieldCoder<ForgettingReport>>(
            _ key: inout Coder
        ) throws(Coder.Failure) -> ForgettingReport {
            ForgettingReport(
                name: try key("name", .text, \.name), memoryCalls: try key("calls_in_memory", .count, \.memoryCalls),
                memoryOthers: try key("mentions_in_memory", .count, \.memoryOthers),
                journal: try key("journal", .object(JournalDocument.self), \.journal),
                goesOn: try key("goes_on", .flag, \.goesOn), files: try key("files", .texts, \.files))
        }
    }

    private enum JournalDocument: Document {
        typealias Subject = Journal

        static func fields<Coder: FieldCoder<Journal>>(_ key: inout Coder) throws(Coder.Failure) -> Journal {
            Journal(
                calls: try key("calls", .count, \.calls), others: try key("mentions", .count, \.others),
                isErased: try key("erased", .flag, \.isErased))
        }
    }
}
