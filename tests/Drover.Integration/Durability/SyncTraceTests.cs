namespace Drover.Integration.Durability;

public sealed class SyncTraceTests
{
    private const string Write = "10 pwrite64(33</d/drover.db-wal>, \"..mark..\", 4096, 56) = 4096";
    private const string Sync = "10 fdatasync(33</d/drover.db-wal>) = 0";
    private const string Reply = "12 sendmsg(90<socket:[4711]>, {msg_iov=[{iov_base=\"HTTP/1.1 201 Created..mark..\"}]}, 0) = 512";

    [Fact]
    public void Write_then_sync_then_reply_is_what_is_wanted()
        => Judge(Write, Sync, Reply).ShouldBeTrue();

    [Fact]
    public void A_sync_that_another_thread_interrupts_counts_from_where_it_ends()
    {
        Judge(Write, "10 fdatasync(33</d/drover.db-wal> <unfinished ...>", "11 fdatasync(40</d/other>) = 0", "10 <... fdatasync resumed>) = 0", Reply).ShouldBeTrue();
        Judge(Write, "10 fdatasync(33</d/drover.db-wal> <unfinished ...>", Reply, "10 <... fdatasync resumed>) = 0").ShouldBeFalse();
    }

    [Fact]
    public void A_reply_before_the_sync_is_found()
        => Judge(Write, Reply, Sync).ShouldBeFalse();

    [Fact]
    public void A_sync_before_the_write_does_not_count()
        => Judge(Sync, Write, Reply).ShouldBeFalse();

    [Fact]
    public void A_sync_that_failed_does_not_count()
        => Judge(Write, "10 fdatasync(33</d/drover.db-wal>) = -1 EIO (Input/output error)", Reply).ShouldBeFalse();

    [Fact]
    public void A_sync_of_another_file_does_not_count()
        => Judge(Write, "10 fdatasync(33</d/drover.db>) = 0", Reply).ShouldBeFalse();

    [Fact]
    public void A_reply_without_any_write_is_found()
        => Judge(Sync, Reply).ShouldBeFalse();

    private static bool Judge(params string[] lines) => new SyncTrace(lines).SyncedBeforeReply("mark");
}
