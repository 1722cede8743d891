// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Who may read a file.
package enum FileAccess {
    /// The permissions of a file that every user of the machine can read; `nil` if a folder on the way or the file itself keeps
    /// others out.
    package static func modeIfEverybodyReads(_ path: String) -> UInt32? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        var place = String(cString: real)
        guard let mode = mode(of: place), mode & S_IROTH != 0 else { return nil }
        while place != "/" {
            place = Folder.parent(of: place)
            guard let folder = self.mode(of: place), folder & S_IXOTH != 0 else { return nil }
        }
        return mode
    }

    /// Where every user of the machine can change or replace a file: the file itself, or its folder; `nil` for neither.
    ///
    /// In a folder with the sticky bit, such as `/tmp`, nobody replaces the files of others.
    package static func placeThatEverybodyChanges(_ path: String) -> (path: String, mode: UInt32)? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        let file = String(cString: real)
        return [file, Folder.parent(of: file)].lazy.compactMap { place in mode(of: place).map { (place, $0) } }
            .first { $0.1 & S_IWOTH != 0 && $0.1 & S_ISVTX == 0 }
    }

    private static func mode(of path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }
}
