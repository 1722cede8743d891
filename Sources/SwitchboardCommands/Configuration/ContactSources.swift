// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ContactTables
import Contacts
import Foundation

/// Opens the contact sources of a rules file.
enum ContactSources {
    /// Reads every source; rows that cannot be used are said, a source that cannot be used at all is a failure.
    static func open(_ file: RulesFile, besides configuration: String, numbers: any NumberPlan) throws
        -> ContactDirectory
    {
        let sources: [any LocalContacts] = try file.contacts.map { source in
            switch source {
            case .csv(let path): try table(path, file, besides: configuration, numbers)
            }
        }
        return ContactDirectory(sources: sources)
    }

    private static func table(
        _ path: String, _ file: RulesFile, besides configuration: String, _ numbers: any NumberPlan
    ) throws -> ContactTable {
        switch NamedFiles.read(path, besides: configuration) {
        case .unreadable(let problem): throw CommandFailure(.failure, "\(path) cannot be read: \(problem)")
        case .bytes(let bytes):
            do throws(ContactTableError) {
                let reading = try ContactTable.read(bytes, name: path, country: file.country, numbers: numbers)
                for problem in reading.problems.prefix(10) { StandardError.say("\(path): \(problem)") }
                if reading.problems.count > 10 {
                    StandardError.say("\(path): \(reading.problems.count - 10) more rows are not used")
                }
                return reading.table
            } catch {
                throw CommandFailure(.failure, error.description)
            }
        }
    }
}
