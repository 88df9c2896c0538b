select distinct sector from vintage where place = $place
