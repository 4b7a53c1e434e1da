using System.Runtime.InteropServices;
using System.Text;

namespace Hansa.Faults.Tests.PowerLoss;

/// <summary>What the shim has noted: takes back what a power cut would have lost.</summary>
internal static class PowerLossJournal
{
    private enum Kind : uint
    {
        Write = 1,
        Truncate = 2,
        Sync = 3,
        Rename = 4,
        Unlink = 5,
    }

    /// <summary>Makes the files what they were at their last sync, and begins the journal anew.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="survivors">
    /// Null to lose every write that no sync has covered. Else each survives or not, as this says: a disk writes what it has not
    /// been told to write when and in what order it likes.
    /// </param>
    /// <returns>How many writes were lost.</returns>
    public static int CutPower(string path, Random? survivors)
    {
        var lost = 0;
        foreach (var (file, records) in Pending(path).Where(pair => File.Exists(pair.Key)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            foreach (var record in Enumerable.Reverse(records))
                record.Undo(stream);
            foreach (var record in records)
            {
                if (survivors is not null && survivors.Next(2) == 0)
                    record.Redo(stream);
                else
                    lost++;
            }
        }

        File.Delete(path);
        return lost;
    }

    private static Dictionary<string, List<Record>> Pending(string path)
    {
        var pending = new Dictionary<string, List<Record>>(StringComparer.Ordinal);
        using var journal = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20));
        var used = journal.ReadInt64();
        for (long at = 0, length; at < used; at += length)
        {
            journal.BaseStream.Position = sizeof(long) + at;
            var header = new Header();
            journal.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<Header>(ref header)));
            length = header.Length;
            var file = Encoding.UTF8.GetString(journal.ReadBytes((int)header.PathLength));
            var old = journal.ReadBytes((int)header.OldLength);
            switch (header.Kind)
            {
                case Kind.Write or Kind.Truncate:
                    if (!pending.TryGetValue(file, out var records))
                        pending[file] = records = [];
                    records.Add(new(at, header.Kind == Kind.Write, header.Offset, header.OldSize, old, journal.ReadBytes((int)header.NewLength)));
                    break;
                case Kind.Sync:
                    pending.GetValueOrDefault(file)?.RemoveAll(record => record.At < header.Offset);
                    break;
                case Kind.Rename:
                    pending.Remove(Encoding.UTF8.GetString(old));
                    if (pending.Remove(file, out var moved))
                        pending[Encoding.UTF8.GetString(old)] = moved;
                    break;
                case Kind.Unlink:
                    pending.Remove(file);
                    break;
                default:
                    throw new InvalidDataException($"The journal holds a record of kind {header.Kind} at {at}.");
            }
        }

        return pending;
    }

    // As struct record of powerloss.c.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Header
    {
        public readonly Kind Kind;
        public readonly uint PathLength;
        public readonly long Length;
        public readonly long Offset;
        public readonly long OldSize;
        public readonly long OldLength;
        public readonly long NewLength;
    }

    private sealed record Record(long At, bool IsWrite, long Offset, long OldSize, byte[] Old, byte[] New)
    {
        public void Undo(FileStream file)
        {
            file.SetLength(OldSize);
            Put(file, Old);
        }

        public void Redo(FileStream file)
        {
            if (IsWrite)
                Put(file, New);
            else
                file.SetLength(Offset);
        }

        private void Put(FileStream file, byte[] bytes)
        {
            if (bytes.Length == 0)
                return;
            file.Position = Offset;
            file.Write(bytes);
            file.Flush();
        }
    }
}
