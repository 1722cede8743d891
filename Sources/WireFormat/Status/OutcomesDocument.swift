// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
package import JSON

/// What became of the calls of a line.
enum OutcomesDocument: Document {
    typealias Subject = OutcomeCounts

    static func fields<Coder: FieldCoder<OutcomeCounts>>(_ key: inout Coder) throws(Coder.Failure) -> OutcomeCounts {
        var counts = OutcomeCounts()
        key.derived("calls", .integer, \.calls)
        for (name, path) in OutcomeCounts.keys {
            counts[keyPath: path] = try key(name, .laterCount) { $0[keyPath: path] }
        }
        key.derived("rejected", .integer, \.rejected)
        for (cause, count) in try key("rejected_by", .causes, \.causes) { counts[.rejected(cause)] = count }
        return counts
    }
}

/// The counts of a line with its number; null for the numbers that are not lines.
enum LineCountDocument: Document {
    typealias Subject = LineCount

    static func fields<Coder: FieldCoder<LineCount>>(_ key: inout Coder) throws(Coder.Failure) -> LineCount {
        let number = try key("number", .phoneNumber, \.number)
        let counts = try key("counts", .object(OutcomesDocument.self), \.counts)
        let lastCallAt = try key("last_call_at", .time, \.rhythm.lastCallAt)
        let usual = try key("usual_seconds", .integer, \.rhythm.usualSeconds)
        return LineCount(
            number: number, counts: counts, rhythm: LineRhythm(lastCallAt: lastCallAt, usualSeconds: usual))
    }
}

/// How long no call has come to a line.
enum SilenceDocument: Document {
    typealias Subject = Silence

    static func fields<Coder: FieldCoder<Silence>>(_ key: inout Coder) throws(Coder.Failure) -> Silence {
        Silence(
            seconds: try key("seconds", .count, \.seconds),
            usualSeconds: try key("usual_seconds", .integer, \.usualSeconds),
            isUnusual: try key("unusual", .flag, \.isUnusual))
    }
}

extension Silence {
    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        self = try SilenceDocument.read(value, at: place)
    }
}

extension OutcomeCounts {
    /// How many calls each cause rejected.
    var causes: [RejectedBy: Int] {
        Dictionary(uniqueKeysWithValues: RejectedBy.allCases.map { ($0, self[rejectedBy: $0]) })
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        self = try OutcomesDocument.read(value, at: place)
    }
}

extension Form where Value == [RejectedBy: Int] {
    /// Every cause; a cause of a later version is ignored.
    static var causes: Self {
        Form(
            write: { causes, key, object in
                object.addObject(key) { object in
                    for cause in RejectedBy.allCases { object.add(cause.rawValue, .integer(causes[cause] ?? 0)) }
                }
            },
            read: { key, object throws(DocumentProblem) in
                guard let counts = try object.optionalObject(key) else { return [:] }
                var causes: [RejectedBy: Int] = [:]
                for cause in RejectedBy.allCases {
                    causes[cause] = try Form<Int>.laterCount.read(cause.rawValue, counts)
                }
                return causes
            })
    }
}

extension Form where Value == PhoneNumber? {
    fileprivate static var phoneNumber: Self {
        Form(
            write: { $2.add($1, $0?.description) },
            read: { key, object throws(DocumentProblem) in
                object.value(key) == nil ? nil : try Form<PhoneNumber>.phoneNumber.read(key, object)
            })
    }
}
