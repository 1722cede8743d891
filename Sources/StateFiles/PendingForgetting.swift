// SPDX-License-Identifier: Apache-2.0

import Calls
import Files

/// `forgetting`: numbers that a journal has still to forget, so that no stop undoes what was answered.
///
/// A line is a number and the name that takes its place. The file is removed with its last line.
struct PendingForgetting {
    static let name = "forgetting"
    /// More than anybody asks for while a journal cannot be written.
    private static let mostBytes = 1 << 20
    private static let lineBreak = UInt8(ascii: "\n")

    let folder: any FolderCalls

    /// The numbers, the oldest wish first; a line that is none is passed over.
    func numbers() throws(FileProblem) -> [ForgottenNumber] {
        (try folder.read(Self.name, last: Self.mostBytes) ?? []).split(separator: Self.lineBreak).compactMap { line in
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 2, let number = PhoneNumber(words[0]), words[1].hasPrefix(ForgottenNumber.prefix)
            else {
                return nil
            }
            return ForgottenNumber(number, name: words[1])
        }
    }

    /// Adds a number, and returns whether it was not there.
    ///
    /// It is on the disk when this returns.
    func add(_ forgotten: ForgottenNumber) throws(FileProblem) -> Bool {
        let known = try numbers()
        guard !known.contains(forgotten) else { return false }
        try write(known + [forgotten])
        return true
    }

    func remove(_ forgotten: ForgottenNumber) throws(FileProblem) {
        let known = try numbers()
        guard known.contains(forgotten) else { return }
        try write(known.filter { $0 != forgotten })
    }

    private func write(_ numbers: [ForgottenNumber]) throws(FileProblem) {
        if numbers.isEmpty {
            folder.remove(Self.name)
        } else {
            try folder.replace(Self.name, with: numbers.flatMap { Array("\($0.number) \($0.name)\n".utf8) })
        }
        try folder.syncFolder()
    }
}
