// SPDX-License-Identifier: Apache-2.0

import Calls

/// The places of calls by their ids: a table with open addressing that keeps no ids.
///
/// A slot has four bytes of an id's digest and four of the call's place, so that finding and forgetting a call touches one
/// line of memory. Whether a call has the id that is wanted, only the call itself can say.
struct CallIndex {
    private var slots: [Slot]
    private var count = 0

    private struct Slot {
        /// 0 where the slot is free.
        var mark: UInt32 = 0
        /// The last four bytes of a sequence number; calls that are kept or remembered are not as far apart.
        var place: UInt32 = 0
    }

    /// A table with room for `room` calls; it grows when there are more.
    init(room: Int) {
        slots = [Slot](repeating: Slot(), count: Self.size(for: room))
    }

    /// The smallest power of two of which at most half is used.
    private static func size(for calls: Int) -> Int {
        var size = 16
        while size < calls * 2 { size *= 2 }
        return size
    }

    /// A search for the place of a call.
    struct Search {
        fileprivate let mark: UInt32
        fileprivate var slot: Int
    }

    func search(for id: CallID) -> Search {
        let mark = Self.mark(of: id)
        return Search(mark: mark, slot: home(of: mark))
    }

    /// The next place where the call may be, all places being below `next`; `nil` if there is none.
    func candidate(_ search: inout Search, below next: UInt64) -> UInt64? {
        while slots[search.slot].mark != 0 {
            let found = slots[search.slot]
            search.slot = after(search.slot)
            if found.mark == search.mark { return Self.place(found.place, below: next) }
        }
        return nil
    }

    /// Adds the call of a search that found nothing.
    mutating func add(_ search: Search, at place: UInt64) {
        slots[search.slot] = Slot(mark: search.mark, place: UInt32(truncatingIfNeeded: place))
        count += 1
        if count * 2 > slots.count { grow() }
    }

    /// Notes that a call has another place.
    mutating func move(_ id: CallID, from old: UInt64, to new: UInt64) {
        guard let slot = slot(of: id, at: old) else { return }
        slots[slot].place = UInt32(truncatingIfNeeded: new)
    }

    /// Removes a call.
    mutating func remove(_ id: CallID, at place: UInt64) {
        guard var free = slot(of: id, at: place) else { return }
        count -= 1
        // What follows without a gap moves up, unless it would then come before its home.
        var slot = after(free)
        while slots[slot].mark != 0 {
            let home = home(of: slots[slot].mark)
            if distance(from: home, to: slot) >= distance(from: free, to: slot) {
                slots[free] = slots[slot]
                free = slot
            }
            slot = after(slot)
        }
        slots[free] = Slot()
    }

    private func slot(of id: CallID, at place: UInt64) -> Int? {
        let (mark, place) = (Self.mark(of: id), UInt32(truncatingIfNeeded: place))
        var slot = home(of: mark)
        while slots[slot].mark != 0 {
            if slots[slot].mark == mark, slots[slot].place == place { return slot }
            slot = after(slot)
        }
        return nil
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for moved in old where moved.mark != 0 {
            var slot = home(of: moved.mark)
            while slots[slot].mark != 0 { slot = after(slot) }
            slots[slot] = moved
        }
    }

    private static func mark(of id: CallID) -> UInt32 { max(1, UInt32(truncatingIfNeeded: id.digest)) }

    /// The sequence number with these last four bytes that is nearest before another one.
    private static func place(_ place: UInt32, below next: UInt64) -> UInt64 {
        let distance = UInt64(UInt32(truncatingIfNeeded: next) &- place)
        return next >= distance ? next - distance : 0
    }

    private func home(of mark: UInt32) -> Int { Int(mark) & (slots.count - 1) }

    private func after(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

    private func distance(from first: Int, to second: Int) -> Int { (second - first) & (slots.count - 1) }
}
