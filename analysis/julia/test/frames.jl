# SPDX-License-Identifier: GPL-3.0-or-later
#
# With DataFrames, where it is installed.

if Base.find_package("DataFrames") === nothing
    println("DataFrames isn't installed: its tests are left out")
else
    import DataFrames
    ISSSim.open(made("leak.h5")) do run
        frame = DataFrames.DataFrame(run, :flights; columns = [:id, :launch, :crew_up])
        @test size(frame) == (length(run.flights.id), 3)
        @test frame.id == run.flights.id
        @test isequal(frame.launch, run.flights.launch)
        @test isequal(DataFrames.DataFrame(run.crew).days_aboard, run.crew.days_aboard)
        @test isequal(DataFrames.DataFrame(run, "crew"), DataFrames.DataFrame(run.crew))
        @test DataFrames.nrow(DataFrames.DataFrame(ISSSim.events(run; types = "DOCKED"))) ==
              count(==("DOCKED"), run.events.type)
        if isdefined(DataFrames, :colmetadata)
            @test DataFrames.colmetadata(DataFrames.DataFrame(run, :crew), :days_aboard,
                "units") == "d"
        end
    end
end
