(function(){
function open(){var e=location.hash&&document.getElementById(decodeURIComponent(location.hash.slice(1)));if(!e)return;
for(var p=e;p;p=p.parentElement)if(p.tagName==="DETAILS")p.open=true;e.scrollIntoView({block:"center"})}
addEventListener("hashchange",open);open();
var box=document.getElementById("filter");if(box){box.closest(".filter").hidden=false;box.addEventListener("input",function(){var w=box.value.trim();
document.querySelectorAll(".indicator").forEach(function(e){e.hidden=w!==""&&e.dataset.name.indexOf(w)<0})})}
})();
