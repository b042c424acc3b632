using Drover.Store.Journal.Sqlite;

namespace Drover.Store.Tests.Journal;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-snapshot-").FullName;

    private string File => Path.Combine(_folder, "snapshot.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Frames_of_any_length_come_back_in_order()
    {
        byte[][] frames = [[1], Bytes(100), Bytes(70_000), Bytes(1_000_000), [2, 3]];

        var length = SnapshotFile.Write(File, frames.Select(frame => (ReadOnlyMemory<byte>)frame));

        SnapshotFile.IsSound(File, length).ShouldBeTrue();
        SnapshotFile.Read(File).Select(frame => frame.ToArray()).ShouldBe(frames);
    }

    [Fact]
    public void A_file_without_frames_is_sound()
    {
        var length = SnapshotFile.Write(File, []);

        SnapshotFile.IsSound(File, length).ShouldBeTrue();
        SnapshotFile.Read(File).ShouldBeEmpty();
    }

    [Fact]
    public void A_flipped_bit_is_found_wherever_it_is()
    {
        var length = SnapshotFile.Write(File, [Bytes(40), Bytes(9)]);
        var sound = System.IO.File.ReadAllBytes(File);
        for (var at = 0; at < sound.Length; at++)
        {
            var damaged = (byte[])sound.Clone();
            damaged[at] ^= 1;
            System.IO.File.WriteAllBytes(File, damaged);

            // The last word ends the file; only its length counts.
            if (at < sound.Length - 4) SnapshotFile.IsSound(File, length).ShouldBeFalse($"byte {at}");
        }
    }

    [Fact]
    public void A_file_that_is_cut_is_found_wherever_it_is_cut()
    {
        var length = SnapshotFile.Write(File, [Bytes(40), Bytes(9)]);
        var sound = System.IO.File.ReadAllBytes(File);
        for (var cut = 0; cut < sound.Length; cut++)
        {
            System.IO.File.WriteAllBytes(File, sound[..cut]);
            SnapshotFile.IsSound(File, length).ShouldBeFalse();
            Should.Throw<InvalidDataException>(() => SnapshotFile.Read(File).Count());
        }
    }

    [Fact]
    public void A_missing_file_is_not_sound()
        => SnapshotFile.IsSound(File, 10).ShouldBeFalse();

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
}
