// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Something that is where a socket ought to go.
enum Obstacle: CaseIterable {
    case file
    case directory
    case link

    func make(at path: String) throws {
        let made =
            switch self {
            case .file: close(open(path, O_CREAT | O_WRONLY, 0o600))
            case .directory: mkdir(path, 0o700)
            case .link: symlink("elsewhere", path)
            }
        try succeeded(made)
    }

    /// The type bits of its mode.
    var kind: mode_t {
        switch self {
        case .file: S_IFREG
        case .directory: S_IFDIR
        case .link: S_IFLNK
        }
    }
}
