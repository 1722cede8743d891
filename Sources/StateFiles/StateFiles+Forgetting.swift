// SPDX-License-Identifier: Apache-2.0

package import Calls
import Files

extension StateFiles {
    /// Removes a number from the files of a folder that no server uses: its digits are replaced by zeros.
    ///
    /// Returns the files that had it. Other files of the folder are left alone.
    package static func forget(_ number: PhoneNumber, in folder: String) throws(StateFilesError) -> [String] {
        let folder = try StateFolder.open(folder)
        let traces = NumberTraces(of: number)
        var changed: [String] = []
        do throws(FileProblem) {
            for name in [AuditFile.name, StateFile.name] {
                guard let bytes = try folder.read(name, last: .max / 2) else { continue }
                let (text, count) = traces.blanking(bytes)
                guard count > 0 else { continue }
                try folder.replace(name, with: text)
                changed.append(name)
            }
            try folder.syncFolder()
        } catch {
            throw .cannotUse(folder: folder.path, error)
        }
        return changed
    }
}
