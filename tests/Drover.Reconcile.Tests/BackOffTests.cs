using FsCheck;
using FsCheck.Fluent;

namespace Drover.Reconcile.Tests;

public sealed class BackOffTests
{
    [Fact]
    public void Waits_stay_between_four_fifths_and_six_fifths_of_the_doubled_wait_and_below_the_limit()
        => Prop.ForAll(Gen.Choose(1, 200).Zip(Gen.Choose(0, 99_999)).ToArbitrary(), draw =>
        {
            var (failures, seed) = draw;
            var wait = BackOff.Default.Wait(failures, new Random(seed)).TotalMilliseconds;
            var plain = Math.Min(200 * Math.Pow(2, failures - 1), 60_000);
            return wait >= plain * 0.8 && wait <= plain * 1.2;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_seed_gives_the_same_wait()
        => BackOff.Default.Wait(3, new Random(9)).ShouldBe(BackOff.Default.Wait(3, new Random(9)));

    [Fact]
    public void Many_who_fail_together_do_not_come_back_together()
        => Enumerable.Range(0, 100).Select(seed => BackOff.Default.Wait(5, new Random(seed))).Distinct().Count().ShouldBeGreaterThan(90);
}
