namespace Drover.Integration.Durability;

public sealed class RecorderTests
{
    private readonly Recorder _recorder = new();

    [Fact]
    public void What_is_gone_or_went_back_is_found()
    {
        _recorder.Acknowledge(new Known("1st1", "a", 0));
        _recorder.Acknowledge(new Known("1st2", "b", 0));
        _recorder.Show(new Known("1st2", "b", 3));
        _recorder.Show(new Known("1st3", "c", 1));

        _recorder.MissingFrom(There(new Known("1st2", "b", 2), new Known("1st3", "c", 2))).ShouldBe(["1st1 is gone", "1st2 went back from step 3 to 2"], ignoreOrder: true);
        _recorder.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void An_id_that_was_given_twice_is_found()
    {
        _recorder.Acknowledge(new Known("1st1", "a", 0));
        _recorder.Show(new Known("1st1", "b", 0));

        _recorder.Faults.ShouldBe(["1st1 was given to a and to b"]);
        _recorder.MissingFrom(There(new Known("1st1", "z", 9))).ShouldHaveSingleItem().ShouldContain("another object");
    }

    private static Dictionary<string, Known> There(params Known[] known) => known.ToDictionary(k => k.Id);
}
